/** One command of a pasted terminal session, and the machine whose prompt it was typed at (`''` when the prompt names none). */
export interface TranscriptCommand {
	readonly text: string;
	readonly host: string;
	/** 1-based line of the text. */
	readonly line: number;
	/** Typed in a shell inside a container (`/ # `). */
	readonly inContainer: boolean;
}

/**
 * Splits a pasted terminal session into what was typed; what was printed is left out. A text without prompts is a script and comes
 * back whole. Prompts: `[root@k8s-master ~]# `, also without the mark as the course notes have it; `root@host:~# `; `/ # `; `$ `.
 */
export function extractCommands(text: string): TranscriptCommand[] {
	const lines = text.replaceAll('\r\n', '\n').split('\n');
	if (!lines.some(line => strongPrompt(line))) {
		const weak = lines.filter(line => weakPrompt(line)).length;
		if (weak === 0 || !looksPasted(lines)) return text.trim() === '' ? [] : [{text, host: '', line: 1, inContainer: false}];
	}

	return collect(lines);
}

interface Prompt {
	readonly host: string;
	readonly rest: string;
	readonly inContainer: boolean;
}

function collect(lines: readonly string[]): TranscriptCommand[] {
	const commands: TranscriptCommand[] = [];
	let current: {texts: string[]; line: number; host: string; inContainer: boolean; heredoc?: string} | undefined;
	const finish = () => {
		const text = current?.texts.join('\n').trimEnd() ?? '';
		if (current && text.trim() !== '') commands.push({text, host: current.host, line: current.line, inContainer: current.inContainer});
		current = undefined;
	};
	for (const [index, line] of lines.entries()) {
		const prompt = strongPrompt(line) ?? weakPrompt(line);
		if (current?.heredoc !== undefined && !prompt) {
			const body = line.replace(/^> ?/, '');
			current.texts.push(body);
			if (body.trim() === current.heredoc) finish();
			continue;
		}

		if (prompt) {
			finish();
			current = {
				texts: [prompt.rest],
				line: index + 1,
				host: prompt.host,
				inContainer: prompt.inContainer,
				heredoc: heredocOf(prompt.rest),
			};
		} else if (current && /^> ?/.test(line) && isOpen(current.texts)) {
			const more = line.replace(/^> ?/, '');
			current.texts.push(more);
			current.heredoc ??= heredocOf(more);
		} else if (current && endsInBackslash(current.texts.at(-1)!)) current.texts.push(line);
		else finish();
	}

	finish();
	return commands;
}

/** `[root@k8s-master ~]# cmd`, `[root@k8s-all pod]cmd`, `root@host:~# cmd`, `/ # cmd`, `bash-5.1# cmd`. */
function strongPrompt(line: string): Prompt | undefined {
	const bracketed = /^\s*\[([\w.-]+)@([^\s\]]+)(?:\s+[^\]]*)?\]\s*[#$]?\s?(.*)$/.exec(line);
	if (bracketed) return {host: hostOf(bracketed[2]!), rest: bracketed[3]!, inContainer: false};
	const debian = /^\s*([\w.-]+)@([\w.-]+):[^\s#$]*[#$] ?(.*)$/.exec(line);
	if (debian) return {host: '', rest: debian[3]!, inContainer: !/^(?:k8s-|reg\b|master|node)/.test(debian[2]!)};
	const container = /^(?:\/\S*|~) # ?(.*)$/.exec(line) ?? /^(?:ba|da)?sh-\d\.\d[#$] ?(.*)$/.exec(line);
	return container ? {host: '', rest: container[1]!, inContainer: true} : undefined;
}

/** `$ cmd`, and `# cmd` when what follows is a command and no remark. */
function weakPrompt(line: string): Prompt | undefined {
	const rest =
		/^\$ (.*)$/.exec(line)?.[1] ??
		/^# ((?:kubectl|docker|yum|dnf|systemctl|ssh|curl|cat|vim?|ipvsadm|iptables|cd|ls|echo)\b.*)$/.exec(line)?.[1];
	return rest === undefined ? undefined : {host: '', rest, inContainer: false};
}

/** `k8s-所有节点` and the like name no machine. */
const hostOf = (name: string) => (/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(name) ? name : '');

/** A text whose first line that is neither blank nor a remark is a weak prompt was pasted; a script has bare commands. */
const bareCommand = /^(?:kubectl|docker|yum|dnf|systemctl|ssh|curl|cat|vim?|cd|ls|echo|for|if|while|set)\b/;
const looksPasted = (lines: readonly string[]) => {
	if (!lines.some(line => line.startsWith('$ '))) return !lines.some(line => bareCommand.test(line));
	return weakPrompt(lines.find(line => line.trim() !== '' && !/^#(?!\s*(?:kubectl|docker)\b)/.test(line)) ?? '') !== undefined;
};

const heredocOf = (text: string) => /<<-?\s*(['"]?)([\w.-]+)\1/.exec(text)?.[2];
const endsInBackslash = (text: string) => /(?:^|[^\\])(?:\\\\)*\\$/.test(text);

/** Whether a `> ` line can belong to what was typed: an open quote, heredoc, loop or backslash. */
function isOpen(texts: readonly string[]): boolean {
	const text = texts.join('\n');
	const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
	return (
		endsInBackslash(text) ||
		/(?:\||&&|\bdo|\bthen|\belse|\{|\()\s*$/.test(text) ||
		count(/(?<!\\)'/g) % 2 === 1 ||
		count(/(?<!\\)"/g) % 2 === 1 ||
		count(/\b(?:for|while|until|select)\b/g) > count(/\bdone\b/g) ||
		count(/\bif\b/g) > count(/\bfi\b/g) ||
		count(/\bcase\b/g) > count(/\besac\b/g) ||
		count(/\{/g) > count(/\}/g)
	);
}
