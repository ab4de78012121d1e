import type { RunView } from '#proto/snapshot.ts'
import { ActionButton } from './action-button.tsx'
import type { Api } from './api.ts'
import { bytes } from './format.ts'

interface DownloadsProps {
  readonly files: RunView['files']
  readonly api: Api
}

export function Downloads({ files, api }: DownloadsProps) {
  return (
    <section class="card" aria-labelledby="downloads-title">
      <div class="card-head">
        <h2 id="downloads-title">Released student</h2>
      </div>
      <ul class="files">
        {files.map(({ name, href, bytes: size }) => (
          <li key={name}>
            <ActionButton
              label={`Download ${name}`}
              act={() => api.download(href, name.replaceAll('/', '-'))}
            >
              {name}
            </ActionButton>
            <span class="quiet numeric">{bytes(size)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
