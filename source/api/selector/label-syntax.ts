/** What a label key, a label value and a name may look like. Models apimachinery/pkg/util/validation/validation.go. */
const labelCharacters = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const qualifiedName = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const label1123 = new RegExp(`^${labelCharacters}$`);
const subdomain1123 = new RegExp(`^${labelCharacters}(\\.${labelCharacters})*$`);
const label1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const qualified = new RegExp(`^${qualifiedName}$`);
const labelValue = new RegExp(`^(${qualifiedName})?$`);

const subdomainText =
	"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const subdomainFormat = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';

/** In UTF-8; the halves of a surrogate pair are two bytes each. */
const byteLength = (text: string) => {
	let length = text.length;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code >= 0x80) length += code < 0x800 || isHalf(text, at) ? 1 : 2;
	}

	return length;
};

function isHalf(text: string, at: number): boolean {
	const high = (code: number) => code >= 0xd800 && code <= 0xdbff;
	const low = (code: number) => code >= 0xdc00 && code <= 0xdfff;
	const code = text.charCodeAt(at);
	return (high(code) && low(text.charCodeAt(at + 1))) || (low(code) && high(text.charCodeAt(at - 1)));
}
export const maxLength = (max: number): string => `must be no more than ${max} characters`;

/** validation.RegexError. */
export function regexError(message: string, format: string, ...examples: string[]): string {
	if (examples.length === 0) return `${message} (regex used for validation is '${format}')`;
	return `${message} (e.g. ${examples.map(example => `'${example}', `).join(' or ')}regex used for validation is '${format}')`;
}

export function isLabel1123(value: string): string[] {
	const errors: string[] = [];
	if (byteLength(value) > 63) errors.push(maxLength(63));
	if (label1123.test(value)) return errors;
	if (subdomain1123.test(value)) errors.push('must not contain dots');
	else
		errors.push(
			regexError(
				"a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
				labelCharacters,
				'my-name',
				'123-abc',
			),
		);
	return errors;
}

export function isSubdomain1123(value: string): string[] {
	const errors: string[] = [];
	if (byteLength(value) > 253) errors.push(maxLength(253));
	if (!subdomain1123.test(value)) errors.push(regexError(subdomainText, subdomainFormat, 'example.com'));
	return errors;
}

export function isLabel1035(value: string): string[] {
	const errors: string[] = [];
	if (byteLength(value) > 63) errors.push(maxLength(63));
	if (!label1035.test(value))
		errors.push(
			regexError(
				"a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
				'[a-z]([-a-z0-9]*[a-z0-9])?',
				'my-name',
				'abc-123',
			),
		);
	return errors;
}

export function isLabelValue(value: string): string[] {
	const errors: string[] = [];
	if (byteLength(value) > 63) errors.push(maxLength(63));
	if (!labelValue.test(value))
		errors.push(
			regexError(
				"a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
				'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?',
				'MyValue',
				'my_value',
				'12345',
			),
		);
	return errors;
}

export function isQualifiedName(value: string): string[] {
	const errors: string[] = [];
	const parts = value.split('/');
	let name = value;
	if (parts.length === 2) {
		const prefix = parts[0]!;
		name = parts[1]!;
		if (prefix === '') errors.push('prefix part must be non-empty');
		else errors.push(...isSubdomain1123(prefix).map(text => `prefix part ${text}`));
	} else if (parts.length > 2) {
		return [
			...errors,
			`a qualified name ${regexError("must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character", '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]', 'MyName', 'my.name', '123-abc')} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
		];
	}

	if (name === '') errors.push('name part must be non-empty');
	else if (byteLength(name) > 63) errors.push(`name part ${maxLength(63)}`);
	if (!qualified.test(name))
		errors.push(
			`name part ${regexError("must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character", '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]', 'MyName', 'my.name', '123-abc')}`,
		);
	return errors;
}

/** Names of roles and bindings: anything that can stand between two slashes. */
export function isPathSegment(value: string): string[] {
	if (value === '.' || value === '..') return [`may not be '${value}'`];
	return ['/', '%'].filter(char => value.includes(char)).map(char => `may not contain '${char}'`);
}

/** A variable of a container; anything printable the server takes, kubectl only this. Models validation.IsEnvVarName. */
export function isEnvVarName(value: string): string[] {
	const errors: string[] = [];
	if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(value))
		errors.push(
			regexError(
				"a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
				'[-._a-zA-Z][-._a-zA-Z0-9]*',
				'my.env-name',
				'MY_ENV.NAME',
				'MyEnvName1',
			),
		);
	return [...errors, ...isRelativeSegment(value)];
}

/** A key that is mounted as a file, or a name that could be taken for a way up. */
function isRelativeSegment(value: string): string[] {
	if (value === '.' || value === '..') return [`must not be '${value}'`];
	return value.startsWith('..') ? ["must not start with '..'"] : [];
}
