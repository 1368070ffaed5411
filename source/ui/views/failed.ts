import type {Language} from '../../lab/lab.js';
import {say} from '../words.js';

/** What stands where a pane could not be drawn. */
export const failed =
	(language: Language) =>
	(why: string): string =>
		say(language, 'crashed', {why: why.split('\n')[0]!});
