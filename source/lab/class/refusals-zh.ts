import type {Language} from '../lab.js';

/** By the names of `decode.ts`. */
const formats: ReadonlyArray<readonly [english: string, chinese: string]> = [
	['a PDF', ' PDF 文件'],
	['a PNG picture', ' PNG 图片'],
	['a JPEG picture', ' JPEG 图片'],
	['a Word or another Office document, or an archive', ' Word 等 Office 文档，或压缩包'],
	['an old Office document', '旧版 Office 文档'],
	['a gzip archive', ' gzip 压缩包'],
	['a RAR archive', ' RAR 压缩包'],
	['a 7z archive', ' 7z 压缩包'],
	['a program', '可执行程序'],
];

/** Why a file has no mark, in Chinese. The first that fits the whole sentence; what the table does not know stays as it is. */
const sentences: ReadonlyArray<readonly [english: RegExp, chinese: string]> = [
	[/^it is empty$/, '文件是空的'],
	[/^it is not text$/, '不是文本文件'],
	...formats.map(
		([english, chinese]) =>
			[new RegExp(`^it is ${english}, not text; .+$`), `这是${chinese}，不是文本；请提交纯文本文件，或 kubelab export 导出的文件`] as const,
	),
	[/^it is an empty archive$/, '压缩包是空的'],
	[/^it is a damaged zip archive$/, 'zip 压缩包已损坏'],
	[/^it is damaged, or larger than the archive says$/, '文件已损坏，或比压缩包中声明的更大'],
	[/^it is a zip64 archive, .+$/, '这是 zip64 压缩包，远大于一个班级的作业'],
	[/^it is packed in a way that is not read \((.+)\)$/, '不支持这种压缩方式（$1）'],
	[/^it is encrypted$/, '文件已加密'],
	[/^it is a link$/, '这是一个链接'],
	[/^it is not a file$/, '不是普通文件'],
	[/^its folder lies too deep$/, '文件夹层数太深'],
	[/^its path leads out of the archive$/, '路径指向压缩包之外'],
	[/^it holds (?:more than )?(\d+) files(?:; .+)?$/, '文件太多（$1 个）'],
	[/^unpacked it would be larger than (\d+) MiB: .+$/, '解压后会超过 $1 MiB，按压缩炸弹拒绝'],
	[/^it has (\d+) (?:bytes|characters); at most (\d+) are read$/, '文件太大（$1），最多读取 $2'],
	[/^it has (\d+) commands; at most (\d+) are run$/, '命令太多（$1 条），最多执行 $2 条'],
	[/^its session lasted more than (\d+) hours; .+$/, '实验时间超过 $1 小时，无法重放；请把命令作为文本文件提交'],
	[/^it cannot be read \((.+)\)$/, '无法读取（$1）'],
	[/^it looks like a bundle of "kubelab export", but its fields are damaged$/, '看起来是 kubelab export 导出的文件，但内容已损坏'],
	[/^it looks like a bundle of "kubelab export", but it is not valid JSON .*$/, '看起来是 kubelab export 导出的文件，但不是有效的 JSON'],
	[/^it is a bundle of form (.+), and .+$/, '这是另一版本（格式 $1）的 kubelab 导出的文件；请用当前版本重新导出'],
	[/^it is JSON, .+$/, '这是 JSON，但不是 kubelab export 导出的文件；请提交输入过的命令'],
	[/^it is a bundle of the lab "(.*)", not of "(.*)"$/, '这是实验“$1”的提交，不是“$2”的'],
	[/^it does not say which lab it answers; .+$/, '没有说明是哪个实验；请用 --lab 指定，或写在文件名里，或写一行“# lab: ID”'],
	[/^there is no checkpoint "([^"]*)".*$/, '没有检查点“$1”'],
	[/^it did not end within (\d+) seconds$/, '$1 秒内没有结束，已中止'],
	[/^it takes more than (\d+) MiB of memory$/, '占用内存超过 $1 MiB，已中止'],
	[/^its thread ended$/, '评分线程意外结束'],
	[/^the lab cannot be set up: (.*)$/, '实验无法初始化：$1'],
	[/^the simulation failed: (.*)$/, '模拟器出错：$1'],
	[/^no file of this student was found$/, '没有找到该学生的文件'],
];

export function refusalIn(language: Language, reason: string): string {
	const known = language === 'zh' ? sentences.find(([english]) => english.test(reason)) : undefined;
	return known ? reason.replace(known[0], known[1]) : reason;
}
