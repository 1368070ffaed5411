import type {GoFunctions} from './functions.js';
import type {Tree} from './tree.js';

/** What an absent key of a map gives: nothing at all, a nil value (`missingkey=zero`), or an error. */
export type MissingKey = 'invalid' | 'zero' | 'error';

/** What a template sees of the set that it is executed in. */
export interface Templates {
	readonly functions: GoFunctions;
	readonly missingKey: MissingKey;
	find(name: string): Tree | undefined;
}
