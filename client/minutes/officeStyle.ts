/** The value of a property in what an element says of its style, as it stands there: browsers forget what they do not know. */
export function styleOf(element: Element, property: string): string {
  const declared = (element.getAttribute('style') ?? '').split(';').map((part) => part.split(':'))
  return (
    declared
      .find(([name]) => name?.trim().toLowerCase() === property)
      ?.slice(1)
      .join(':')
      .trim()
      .toLowerCase() ?? ''
  )
}

export function rename(element: Element, name: string): Element {
  const renamed = element.ownerDocument.createElement(name)
  for (const { name: attribute, value } of element.attributes) renamed.setAttribute(attribute, value)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
  return renamed
}
