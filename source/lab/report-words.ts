import type {Report} from './grade.js';
import type {Language} from './lab.js';
import {stoppedIn} from './stopped.js';

/** What a report says beside its objectives, in both languages. `{name}` stands for a value. */
const words = {
	command: {en: '{lab}: 1 command', zh: '{lab}：1 条命令'},
	commands: {en: '{lab}: {n} commands', zh: '{lab}：{n} 条命令'},
	from: {en: ', from the checkpoint {id}', zh: '，从检查点 {id} 开始'},
	same: {en: 'replay: the same world after each of {n} steps', zh: '重放：{n} 步之后的集群都与当时相同'},
	diverged: {
		en: 'replay: another world from step {n} on ({run}); the marks are those of the replay',
		zh: '重放：从第 {n} 步（{run}）起集群与当时不同；成绩以重放为准',
	},
	bare: {
		en: 'replay: {n} of {of} steps carry no fingerprint: whether they led there is not proved',
		zh: '重放：{of} 步中有 {n} 步没有指纹，无法证明当时的集群状态',
	},
	stopped: {
		en: 'command {n} never ends, so it was stopped: {run}',
		zh: '第 {n} 条命令不会自己结束，已被中止：{run}',
	},
	notSimulated: {en: 'not simulated: {what}', zh: '未模拟：{what}'},
	times: {en: ' ({n} times)', zh: '（{n} 次）'},
	sum: {en: '{percent} % ({n} of {max})', zh: '{percent} %（{n} / {max} 分）'},
} as const;

type Values = Readonly<Record<string, string | number>>;
export const say = (language: Language, word: keyof typeof words, values: Values = {}): string =>
	words[word][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** Long lines, and those of a here-document, by their beginning. */
function excerpt(run: string): string {
	const line = run.split('\n')[0]!;
	return line.length > 80 || line !== run ? `${line.slice(0, 77)}...` : run;
}

/** What a teacher shall know beside the marks: what was stopped, what is lacking, whether the replay agrees. */
export function remarks(
	{notSimulated, proof, timeline}: Pick<Report, 'notSimulated' | 'proof' | 'timeline'>,
	language: Language,
): string[] {
	const stopped = stoppedIn(timeline).map(({step, run}) => say(language, 'stopped', {n: step, run: excerpt(run)}));
	const lacking = notSimulated.map(
		({what, count}) => `${say(language, 'notSimulated', {what})}${count > 1 ? say(language, 'times', {n: count}) : ''}`,
	);
	if (!proof) return [...stopped, ...lacking];
	const {steps, diverged} = proof;
	const replayed = diverged
		? [say(language, 'diverged', {n: diverged.step, run: excerpt(diverged.run)})]
		: steps > 0
			? [say(language, 'same', {n: steps})]
			: [];
	const bare = timeline.length - steps;
	return [...stopped, ...lacking, ...replayed, ...(bare > 0 ? [say(language, 'bare', {n: bare, of: timeline.length})] : [])];
}
