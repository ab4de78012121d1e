/**
 * Contrast of every piece of text on a page, as WCAG 2.2 defines it (success criterion 1.4.3).
 *
 * Runs inside the page: `page.evaluate(faintTexts, 4.5)`. A text's background is what its ancestors paint,
 * composited from the page up. The page uses no background images, so colours are the whole story.
 */
export function faintTexts(leastRatio: number): string[] {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number]

  // Chromium computes colours to rgb(r, g, b), rgb(r, g, b, a) or color(srgb r g b / a).
  const parse = (css: string): Colour => {
    const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number)
    return css.startsWith('color(') ? [r * 255, g * 255, b * 255, a] : [r, g, b, a]
  }
  const over = ([r, g, b, a]: Colour, under: Colour): Colour => {
    const mix = (top: number, bottom: number) => top * a + bottom * (1 - a)
    return [mix(r, under[0]), mix(g, under[1]), mix(b, under[2]), 1]
  }
  const luminance = ([r, g, b]: Colour): number => {
    const linear = (channel: number) => {
      const c = channel / 255
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
    }
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  }
  const surface = (element: Element | null): Colour =>
    element === null
      ? [255, 255, 255, 1]
      : over(parse(getComputedStyle(element).backgroundColor), surface(element.parentElement))

  const faint: string[] = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { parentElement: element, textContent: text } = texts.currentNode
    if (!element?.checkVisibility() || text?.trim() === '' || element.closest('.sr-only')) continue
    const under = surface(element)
    const ink = over(parse(getComputedStyle(element).color), under)
    const [light = 0, dark = 0] = [luminance(ink), luminance(under)].sort((a, b) => b - a)
    const ratio = (light + 0.05) / (dark + 0.05)
    if (ratio < leastRatio) faint.push(`"${text}" has ${ratio.toFixed(2)}`)
  }
  return faint
}
