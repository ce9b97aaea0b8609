/** The eigenvalues of a small symmetric matrix, greatest first, and its eigenvectors in columns: Jacobi's rotations. */
export function symmetricEigen(size: number, matrix: Float64Array): { values: Float64Array; vectors: Float64Array } {
  const a = matrix.slice()
  const v = new Float64Array(size * size)
  for (let i = 0; i < size; i++) v[i * size + i] = 1
  for (let sweep = 0; sweep < 30 && offDiagonal(size, a) > 0; sweep++) {
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(size, a, v, p, q)
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[j * size + j]! - a[i * size + i]!)
  const vectors = new Float64Array(size * size)
  order.forEach((from, to) => {
    for (let row = 0; row < size; row++) vectors[row * size + to] = v[row * size + from]!
  })
  return { values: Float64Array.from(order, (i) => a[i * size + i]!), vectors }
}

function offDiagonal(size: number, a: Float64Array): number {
  let [off, all] = [0, 0]
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const square = a[i * size + j]! ** 2
      all += square
      if (i !== j) off += square
    }
  }
  return off > all * 1e-30 ? off : 0
}

/** Turns rows and columns p and q so that their common entry becomes 0. */
function rotate(size: number, a: Float64Array, v: Float64Array, p: number, q: number) {
  const apq = a[p * size + q]!
  if (apq === 0) return
  const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * apq)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const cos = 1 / Math.hypot(t, 1)
  const sin = t * cos
  for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q, cos, sin)
  for (let k = 0; k < size; k++) turn(a, p * size + k, q * size + k, cos, sin)
  for (let k = 0; k < size; k++) turn(v, k * size + p, k * size + q, cos, sin)
}

function turn(a: Float64Array, first: number, second: number, cos: number, sin: number) {
  const [x, y] = [a[first]!, a[second]!]
  a[first] = cos * x - sin * y
  a[second] = sin * x + cos * y
}
