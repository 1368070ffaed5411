/** An absolute URL, or a path from a root, in its parts (apiserver/pkg/cel/library/urls.go). */
export class CelUrl {
	readonly scheme: string;
	readonly host: string;
	readonly path: string;
	readonly query: string;
	constructor([, scheme = '', host = '', path = '', query = '']: RegExpExecArray) {
		this.scheme = scheme.toLowerCase();
		this.host = host;
		this.path = path;
		this.query = query;
	}
}

const shape = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):\/\/(?:[^@/?#\s]*@)?([^/?#\s]*)|(?=\/))([^?#\s]*)(?:\?([^#\s]*))?$/;

function parse(text: string): CelUrl {
	const found = shape.exec(text);
	if (!found) throw new Error(`URL parse error during conversion from string: parse ${JSON.stringify(text)}: invalid URI for request`);
	return new CelUrl(found);
}

const parts = ({host}: CelUrl): {name: string; port: string} => {
	const [, name = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(host) ?? [];
	return {name: name.replace(/^\[|\]$/g, ''), port};
};

function queryOf({query}: CelUrl): Record<string, string[]> {
	const found: Record<string, string[]> = Object.create(null);
	for (const [name, value] of new URLSearchParams(query)) (found[name] ??= []).push(value);
	return found;
}

export const urlFunctions: Readonly<Record<string, (...args: any[]) => unknown>> = {
	'isURL(string): bool': text => shape.test(text),
	'url(string): kubernetes.URL': parse,
	'kubernetes.URL.getScheme(): string': ({scheme}: CelUrl) => scheme,
	'kubernetes.URL.getHost(): string': ({host}: CelUrl) => host,
	'kubernetes.URL.getHostname(): string': url => parts(url).name,
	'kubernetes.URL.getPort(): string': url => parts(url).port,
	'kubernetes.URL.getEscapedPath(): string': ({path}: CelUrl) => path,
	'kubernetes.URL.getQuery(): map<string, list<string>>': queryOf,
};
