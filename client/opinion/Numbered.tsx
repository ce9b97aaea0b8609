/** A suggestion with the number that stands for it in the picture. */
export function Numbered({ number, text }: { number: number | undefined; text: string }) {
  return (
    <p className="opinion-text">
      {number !== undefined && <span className="opinion-number">{number}</span>}
      <span className="pre">{text}</span>
    </p>
  )
}
