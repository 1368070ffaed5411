import type {Language} from '../../lab.js';

/** Every text of the page, in both languages. `{name}` stands for a value. */
const words = {
	title: {en: 'Marks of the class', zh: '全班成绩'},
	part: {en: ' (part {part} of {count})', zh: '（第 {part} 部分，共 {count} 部分）'},
	objectives: {en: 'Objectives and common mistakes', zh: '目标与常见错误'},
	without: {en: 'Without a mark', zh: '没有成绩'},
	students: {en: 'Students', zh: '学生'},
	alike: {en: 'Alike', zh: '相似的提交'},
	marked: {en: 'marked', zh: '已评分'},
	unmarked: {en: 'could not be marked', zh: '无法评分'},
	handedNothing: {en: 'handed nothing in', zh: '未提交'},
	average: {en: 'on average', zh: '平均分'},
	median: {en: 'median', zh: '中位数'},
	full: {en: 'with full marks', zh: '满分人数'},
	chart: {en: 'submissions by per cent', zh: '按百分比统计的提交数'},
	met: {en: '{id}: {n} of {count} met it ({percent} %)', zh: '{id}：{count} 人中 {n} 人达成（{percent} %）'},
	notAlike: {
		en: 'No two submissions share what the rest of the class does not have.',
		zh: '没有两份提交含有全班其他人都没有的相同内容。',
	},
	alikeHint: {
		en: 'A hint to look, not a proof: how much two submissions share of what the rest of the class does not have, names put aside.',
		zh: '仅提示查看，不是证据：忽略名字之后，两份提交中有多少内容相同，而全班其他人都没有。',
	},
	and: {en: 'and', zh: '与'},
	absent: {en: 'absent', zh: '缺交'},
	noMark: {en: 'no mark', zh: '无成绩'},
	goalMet: {en: '✓ met', zh: '✓ 达成'},
	goalMissed: {en: '✗ missed', zh: '✗ 未达成'},
	points: {en: '{n} of {max}', zh: '{n} / {max} 分'},
	summary: {en: '{lab}: {n} of {max} points, {count} commands', zh: '{lab}：{n} / {max} 分，{count} 条命令'},
	more: {en: 'and {n} more commands', zh: '还有 {n} 条命令'},
	exit: {en: 'exit {n}', zh: '退出码 {n}'},
} as const;

export type Word = keyof typeof words;
export type Say = (word: Word, values?: Readonly<Record<string, string | number>>) => string;

export const sayIn =
	(language: Language): Say =>
	(word, values = {}) =>
		words[word][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
