import { useEffect, useState } from 'preact/hooks'

const query = matchMedia('(prefers-color-scheme: dark)')
const current = (): 'dark' | 'light' => (query.matches ? 'dark' : 'light')

/** The colour scheme in force; a canvas must be drawn anew when it changes. */
export function useTheme(): 'dark' | 'light' {
  const [theme, setTheme] = useState(current)
  useEffect(() => {
    const follow = () => setTheme(current())
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  return theme
}
