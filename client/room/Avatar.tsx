/** The first letter or the last two characters of a Chinese name, in a circle. */
export function Avatar({ name }: { name: string }) {
  return (
    <span className="avatar" aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}

function initialsOf(name: string): string {
  const letters = [...name.trim()]
  return /\p{Script=Han}/u.test(name) ? letters.slice(-2).join('') : (letters[0] ?? '·').toUpperCase()
}
