import type {Concept} from './concept.js';
import {messages} from './messages.js';
import {network} from './network.js';
import {objects} from './objects.js';
import {states} from './states.js';

/** What went wrong comes before what things are. */
export const glossary: readonly Concept[] = [...states, ...messages, ...network, ...objects];

const shownMax = 5;

/** What a text can have explained, the most telling first. */
export const conceptsIn = (text: string): Concept[] => glossary.filter(({seen}) => seen.test(text)).slice(0, shownMax);
