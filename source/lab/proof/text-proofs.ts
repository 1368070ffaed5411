import type {Lab} from '../lab.js';
import type {Proof} from './proof.js';

/** What can be told of a lab without playing it: both languages teach the same, every objective has a way on, there is more than one way. */
export function textProofs(lab: Lab): Proof[] {
	const {en, zh} = lab.text;
	return [
		{
			name: 'both languages have the same sections',
			...faultIf(sections(en) !== sections(zh), `${sections(en)} in en.md, ${sections(zh)} in zh.md`),
		},
		{name: 'both languages type the same commands', ...faultIf(fences(en) !== fences(zh), firstDifference(fences(en), fences(zh)))},
		{name: 'there are two ways to solve it', ...faultIf(lab.solutions.length < 2, `only ${lab.solutions.map(each => each.name)}`)},
		{name: 'there is a wrong answer', ...faultIf(lab.wrong.length === 0, 'the folder wrong/ is empty')},
		{name: 'every objective has a hint', ...faultIf(silent(lab).length > 0 && !lab.exam, `none for ${silent(lab).join(', ')}`)},
	];
}

const faultIf = (wrong: boolean, fault: string) => (wrong ? {fault} : {});

/** What holds from the start needs no way on. */
const silent = ({objectives}: Lab) => objectives.filter(each => !each.keep && each.hints.length === 0).map(each => each.id);

const sections = (text: string) => (text.match(/^#{1,6} /gm) ?? []).length;

/** Commands to type: fences without a language. Comments are translated. */
function fences(text: string): string {
	let language: string | undefined;
	const typed = text.split('\n').filter(line => {
		const fence = /^```(.*)$/.exec(line);
		if (fence) language = language === undefined ? fence[1]! : undefined;
		return !fence && language === '';
	});
	return typed.map(line => line.replace(/(^|\s)#.*$/, '').trimEnd()).join('\n');
}

function firstDifference(en: string, zh: string): string {
	const [ours, theirs] = [en.split('\n'), zh.split('\n')];
	const at = ours.findIndex((line, index) => line !== theirs[index]);
	return `en.md has "${ours[at === -1 ? ours.length : at] ?? 'nothing'}", zh.md "${theirs[at === -1 ? ours.length : at] ?? 'nothing'}"`;
}
