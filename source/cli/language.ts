import type {Language} from '../lab/lab.js';
import {usageError} from './command.js';
import type {Host} from './host.js';
import type {Progress} from './progress.js';

/** What was asked for, what was chosen last time, what the environment speaks, English. */
export function languageFrom(asked: string | boolean | undefined, host: Host, progress: Progress): Language {
	if (asked === 'en' || asked === 'zh') return asked;
	if (asked !== undefined) throw usageError(`"--lang ${asked}" is not known; the languages are en and zh.`);
	if (progress.language) return progress.language;
	return (host.env['LC_ALL'] || host.env['LC_MESSAGES'] || host.env['LANG'] || '').startsWith('zh') ? 'zh' : 'en';
}
