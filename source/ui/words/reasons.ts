import type {ObjectiveMark} from '../../lab/judge.js';
import type {Language} from '../../lab/lab.js';
import {reasonIn} from '../../lab/reasons-zh.js';
import {say} from './words.js';

/** Why an objective is not met; '' when it is. */
export function reasonFor(mark: ObjectiveMark | undefined, language: Language): string {
	if (mark?.waiting) return say(language, 'keepWaits');
	const reason = mark?.reason ?? '';
	return reasonIn(language, reason);
}
