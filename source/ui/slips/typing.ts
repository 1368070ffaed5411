import {type Rule, slip} from './slip.js';

/** What an input method or a text processor makes of what the shell wants. */
const wide: Readonly<Record<string, string>> = {
	'，': ',',
	'。': '.',
	'：': ':',
	'；': ';',
	'（': '(',
	'）': ')',
	'“': '"',
	'”': '"',
	'‘': "'",
	'’': "'",
	'—': '--',
	'–': '-',
	'－': '-',
	'　': ' ',
	'｜': '|',
	'／': '/',
};
const wideOnes = new RegExp(`[${Object.keys(wide).join('')}]`);

/** Only where the shell or a tool objected: such a character may well be part of a text. */
const objected = /not found|[Ee]rror|Could not resolve|No such file|invalid|unknown|unrecognized|unexpected/;

const wideCharacter: Rule = ({line, output}) => {
	const [found] = wideOnes.exec(line) ?? [];
	return found && objected.test(output) ? slip('slipWide', {wide: found, plain: wide[found]}) : undefined;
};

/** `$ kubectl get pods`, `[root@k8s-master ~]# kubectl get pods`: copied with what stood before it. */
const prompt: Rule = ({line, output}) => {
	const [, copied] = /^\s*(\[\S+@\S+ [^\]]*\][#$]|\$|>)\s/.exec(line) ?? [];
	return copied && /command not found|No such file|syntax error/.test(output) ? slip('slipPrompt', {prompt: copied}) : undefined;
};

export const typingSlips: readonly Rule[] = [prompt, wideCharacter];
