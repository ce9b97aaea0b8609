/** A region by its names from the province down: 浙江省 · 湖州市 · 南浔区. */
export const regionName = (path: readonly string[]) => path.join(' · ')

/** Several regions in one line. */
export function RegionPaths({ regions }: { regions: readonly { code: string; path: readonly string[] }[] }) {
  return (
    <span>
      {regions.map(({ code, path }, place) => (
        <span key={code} className="region-path">
          {place > 0 && ' ／ '}
          {regionName(path)}
        </span>
      ))}
    </span>
  )
}
