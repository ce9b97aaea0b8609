import type { Words } from '../words.ts'
import type { opinion as zhCN } from '../zh-CN/opinion.ts'

export const opinion = {
  title: 'Opinion map',
  open: 'Opinion map',
  group: 'Opinion group {{letter}}',
  people: '{{count}} people',
  noVotes: 'nobody has voted on it',
  shares: '{{share}}% agree ({{agrees}} agree, {{disagrees}} disagree, {{passes}} pass)',
  sizeOf: '{{count}} people, {{share}}%',
  side: { agree: 'agree', disagree: 'disagree' },
  holds: '{{count}} of {{votes}} {{side}} ({{share}}%)',
  ratio: '{{ratio}} times as often as the rest',
  notSignificant: 'not clearly different from the rest',
  figures:
    '{{voters}} people gave {{votes}} votes; the {{placed}} who voted on {{needed}} or more are in the map, {{left}} are not placed yet.',
  finding: {
    none: 'Too few votes yet to see groups',
    one: 'The {{placed}} people in the map think alike: one group',
    clear: '{{placed}} people fall into {{count}} opinion groups, clearly apart',
    weak: '{{placed}} people fall roughly into {{count}} opinion groups, with blurred borders',
    blurred: '{{placed}} people form no distinct groups; take the {{count}} in the map with care',
  },
  axis: {
    first: 'Direction of greatest difference',
    second: 'Second direction',
    caption: 'Across: the direction of greatest difference. Up and down: the second.',
  },
  counted: 'Without {{count}} set aside',
  all: 'With everybody',
  empty: 'Nobody has voted on suggestions yet. Once people vote on their phones, groups and common ground appear here.',
  showAll: 'Show all {{count}}',
  fewer: 'Show fewer',
  common: {
    title: 'Common ground',
    count: '{{count}} suggestions',
    none: 'No suggestion has the agreement of more than half of every group yet.',
  },
  minority: {
    title: 'What minorities hold',
    none: 'There is no suggestion that one group agrees with and most people do not.',
    figures: 'Group {{letter}}: {{agrees}} of {{votes}} agree ({{share}}%); of the others {{restShare}}%',
    more: '{{count}} in all; every figure is in the table below.',
  },
  table: {
    title: 'Figures of all suggestions',
    label: 'Votes on each suggestion by group',
    legend: 'agree / disagree / pass',
    suggestion: 'Suggestion',
    all: 'Everybody',
    consensus: 'Consensus',
    group: 'Group',
    people: 'People',
  },
  exportWords: "The whole conversation as data (Pol.is' CSV form, people as numbers):",
  how: {
    title: 'How to read this map',
    read: 'What it says',
    unsaid: 'What it does not say',
    point: 'Each mark is some people who voted the same or nearly so; the larger, the more people.',
    distance: 'People who stand close together voted alike on most suggestions; people far apart did not.',
    group: 'Shape, colour and letter tell the opinion group. Groups are computed from the votes; there are between 2 and 5.',
    number: 'A number in a circle is a suggestion that is listed below: those who agree with it stand mostly in that direction.',
    placed:
      'Only people who voted on at least {{count}} suggestions (on all of them, where there are fewer) are in the map; with fewer votes a place would mean little.',
    common:
      'Common ground is what more than half of every group agree with, however small the group. It is sorted by the chances of agreement of all groups multiplied.',
    letter: 'The map follows new votes; a group keeps its letter.',
    majority:
      'Numbers do not make a group right. A large group does not drown out a small one: small groups and what minorities hold are always listed.',
    who: 'Those who vote need not stand for everybody: who did not come or has no phone is not in the map.',
    right: 'There are only agreements and disagreements here, no reasons, and nothing about what is true.',
    axes: 'The two directions have no names of their own, and left or right is no better. Maps of two meetings cannot be compared.',
    why: 'People of one group differ too. Somebody belongs to a group only on these questions, in this meeting.',
    edge: 'Whoever stands at the edge of a group may be in another after a few more votes.',
    source:
      "Computed by Pol.is' published definitions: a missing vote counts as the mean of its suggestion, two principal components, k-means clusters, their number chosen by the silhouette.",
  },
  first: {
    title: 'Say first what you think',
    text: 'So that everybody says what they think themselves, the map opens once you have voted on some suggestions. After the meeting it is open.',
    none: 'There is no suggestion to vote on yet. Once there is, vote first, then see what others think.',
  },
  screen: {
    show: 'Opinion map on the halls’ screens',
    back: 'Back to the hall on the screens',
    common: 'Common ground',
    none: 'Nothing yet that more than half of every group agree with',
    waiting: 'Too few votes yet: scan the code and vote on the suggestions',
    figures: '{{voters}} people voted, {{placed}} in the map',
    alsoCommon: '{{count}} more',
  },
} satisfies Words<typeof zhCN>
