import {goText} from '../api/field-error.js';
import {isLabel1123, isLabelValue, isQualifiedName, isSubdomain1123, maxLength, regexError} from '../api/selector/label-syntax.js';
import {compareQuantities, parseQuantity} from '../api/values/quantity.js';
import {each, type Errors, invalid, items, notSupported, required} from './errors.js';

/** Rules for values that fields of many kinds share. Models apimachinery/pkg/util/validation and pkg/apis/core/validation. */
export const protocols = ['SCTP', 'TCP', 'UDP'] as const;

export const portNumber = (port: number): string[] => (port >= 1 && port <= 65_535 ? [] : ['must be between 1 and 65535, inclusive']);

export function portName(name: string): string[] {
	const problems: string[] = [];
	if (name.length > 15) problems.push(maxLength(15));
	if (!/^[-a-z0-9]+$/.test(name)) problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
	if (!/[a-z]/.test(name)) problems.push('must contain at least one letter (a-z)');
	if (name.includes('--')) problems.push('must not contain consecutive hyphens');
	if (name.startsWith('-') || name.endsWith('-')) problems.push('must not begin or end with a hyphen');
	return problems;
}

export const portNumberOrName = (field: string, port: number | string | undefined): Errors =>
	typeof port === 'string' ? each(field, port, portName(port)) : each(field, port ?? 0, portNumber(port ?? 0));

const underscored = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const underscoredSubdomain = new RegExp(`^${underscored}(\\.${underscored})*$`);
/** A domain to search, which may have names such as _tcp in it. */
export function isUnderscoredSubdomain(value: string): string[] {
	const problems = value.length > 253 ? [maxLength(253)] : [];
	if (underscoredSubdomain.test(value)) return problems;
	const text =
		"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";
	return [...problems, regexError(text, `${underscored}(\\.${underscored})*`, 'example.com')];
}

export const label1123 = (field: string, value: string): Errors => each(field, value, isLabel1123(value));
export const subdomain1123 = (field: string, value: string): Errors => each(field, value, isSubdomain1123(value));
export const qualifiedName = (field: string, value: string): Errors => each(field, value, isQualifiedName(value));

export const configKey = (key: string): string[] => {
	const problems: string[] = [];
	if (key.length > 253) problems.push(maxLength(253));
	if (!/^[-._a-zA-Z0-9]+$/.test(key))
		problems.push(
			regexError(
				"a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
				'[-._a-zA-Z0-9]+',
				'key.name',
				'KEY_NAME',
				'key-name',
			),
		);
	if (key === '.') problems.push("must not be '.'");
	if (key === '..') problems.push("must not be '..'");
	else if (key.startsWith('..')) problems.push("must not start with '..'");
	return problems;
};

const ipv4 = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
/** Old fields take leading zeros as net.ParseIP once did. */
const legacyIpv4 = /^0*(25[0-5]|2[0-4]\d|1\d\d|\d?\d)(\.0*(25[0-5]|2[0-4]\d|1\d\d|\d?\d)){3}$/;

export const isIPv4 = (text: string): boolean => ipv4.test(text);
export function isIPv6(text: string): boolean {
	if (!text.includes(':') || text.includes('%')) return false;
	const halves = text.split('::');
	if (halves.length > 2) return false;
	const words = halves.flatMap(half => (half === '' ? [] : half.split(':')));
	const tail = words.at(-1) ?? '';
	const count = words.length + (tail.includes('.') ? 1 : 0);
	const wellFormed = words.every((word, index) => /^[0-9a-fA-F]{1,4}$/.test(word) || (index === words.length - 1 && ipv4.test(word)));
	return wellFormed && (halves.length === 2 ? count <= 7 : count === 8);
}

export const isIP = (text: string): boolean => ipv4.test(text) || isIPv6(text);
const ipText = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
export const ip = (field: string, value: string): Errors =>
	legacyIpv4.test(value) || isIPv6(value) ? [] : [invalid(field, value, ipText)];

export function isCIDR(text: string): boolean {
	const match = /^(.+)\/(\d{1,3})$/.exec(text);
	if (!match) return false;
	const bits = Number(match[2]);
	return (ipv4.test(match[1]!) && bits <= 32) || (isIPv6(match[1]!) && bits <= 128);
}

export const cidr = (field: string, value: string): Errors =>
	isCIDR(value) ? [] : [invalid(field, value, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];

/** Addresses that endpoints and external IPs may not be. Models ValidateEndpointIP. */
export function endpointIp(field: string, value: string): Errors {
	if (!isIP(value)) return [invalid(field, value, 'must be a valid IP address')];
	if (value === '0.0.0.0' || value === '::') return [invalid(field, value, `may not be unspecified (${value})`)];
	if (value.startsWith('127.') || value === '::1')
		return [invalid(field, value, 'may not be in the loopback range (127.0.0.0/8, ::1/128)')];
	if (value.startsWith('169.254.') || /^fe[89ab]/i.test(value))
		return [invalid(field, value, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)')];
	if (/^224\.0\.0\./.test(value) || /^ff02:/i.test(value))
		return [invalid(field, value, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)')];
	return [];
}

/** metav1.LabelSelector. Models apimachinery/pkg/apis/meta/v1/validation. */
export function labelSelector(field: string, selector: any): Errors {
	if (!selector) return [];
	return [
		...matchLabels(`${field}.matchLabels`, selector.matchLabels),
		...items(`${field}.matchExpressions`, selector.matchExpressions, selectorRequirement),
	];
}

export function matchLabels(field: string, labels: Record<string, string> | undefined): Errors {
	return Object.entries(labels ?? {}).flatMap(([key, value]) => [
		...each(field, key, isQualifiedName(key)),
		...each(field, value, isLabelValue(value)),
	]);
}

function selectorRequirement({key = '', operator, values}: any, path: string): Errors {
	const errors: Errors = [];
	if (operator === 'In' || operator === 'NotIn') {
		if (!values?.length) errors.push(required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
	} else if (operator === 'Exists' || operator === 'DoesNotExist') {
		if (values?.length)
			errors.push({
				type: 'Forbidden',
				field: `${path}.values`,
				detail: "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
			});
	} else errors.push(invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator'));
	return [
		...errors,
		...each(`${path}.key`, key, isQualifiedName(key)),
		...items(`${path}.values`, values, (value: string, at) => each(at, value, isLabelValue(value))),
	];
}

/** As Go prints a Quantity with %#v. */
export function goQuantity(text: string) {
	const {digits, exponent, format} = parseQuantity(text);
	return goText(
		`resource.Quantity{i:resource.int64Amount{value:${digits}, scale:${exponent}}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"${text}", Format:"${format}"}`,
	);
}

export const compareTexts = (a: string, b: string): -1 | 0 | 1 => compareQuantities(parseQuantity(a), parseQuantity(b));
export const isNegative = (text: string): boolean => parseQuantity(text).digits < 0n;

/** A path inside a volume: relative, and never up. */
export const descendingPath = (field: string, path: string): Errors => [
	...(path.startsWith('/') ? [invalid(field, path, 'must be a relative path')] : []),
	...noBacksteps(field, path),
];

export const noBacksteps = (field: string, path: string): Errors =>
	path.split('/').includes('..') ? [invalid(field, path, "must not contain '..'")] : [];

const percent = /^[0-9]+%$/;
export const isPercent = (text: string): string[] =>
	percent.test(text)
		? []
		: [regexError("a valid percent string must be a numeric string followed by an ending '%'", '[0-9]+%', '1%', '93%')];

/** intstr.IntOrString as fmt prints it with %#v. */
export const goIntOrString = (value: number | string) =>
	goText(
		`intstr.IntOrString{Type:${typeof value === 'string' ? 1 : 0}, IntVal:${typeof value === 'string' ? 0 : value}, StrVal:${JSON.stringify(typeof value === 'string' ? value : '')}}`,
	);

/** A count, or a share of one. */
export function nonNegativeIntOrPercent(field: string, value: number | string | undefined): Errors {
	if (value === undefined || value === null) return [];
	if (typeof value === 'string') return each(field, goIntOrString(value), isPercent(value));
	return nonNegativeInt(field, value);
}

const nonNegativeInt = (field: string, value: number): Errors =>
	value < 0 ? [invalid(field, value, 'must be greater than or equal to 0')] : [];

export function notMoreThan100Percent(field: string, value: number | string | undefined): Errors {
	if (typeof value !== 'string' || !percent.test(value)) return [];
	return Number(value.slice(0, -1)) > 100 ? [invalid(field, goIntOrString(value), 'must not be greater than 100%')] : [];
}

/** Go prints an address of the server's own memory here. */
export const goPointer = '0xc000a1b2c0';

export const goStrings = (list: readonly string[] | undefined, type = '[]string') =>
	goText(list === undefined || list === null ? `${type}(nil)` : `${type}{${list.map(item => JSON.stringify(item)).join(', ')}}`);

export const goStringMap = (map: Record<string, string> | undefined) =>
	goText(
		map === undefined
			? 'map[string]string(nil)'
			: `map[string]string{${Object.keys(map)
					.sort()
					.map(key => `${JSON.stringify(key)}:${JSON.stringify(map[key])}`)
					.join(', ')}}`,
	);

/** metav1.LabelSelector as fmt prints it with %#v. */
export function goSelector(selector: any) {
	const expressions = selector?.matchExpressions
		? `[]v1.LabelSelectorRequirement{${selector.matchExpressions
				.map(
					({key = '', operator = '', values}: any) =>
						`v1.LabelSelectorRequirement{Key:${JSON.stringify(key)}, Operator:${JSON.stringify(operator)}, Values:${goStrings(values).goText}}`,
				)
				.join(', ')}}`
		: '[]v1.LabelSelectorRequirement(nil)';
	return goText(`v1.LabelSelector{MatchLabels:${goStringMap(selector?.matchLabels).goText}, MatchExpressions:${expressions}}`);
}

export const taintEffects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;
export const taintEffect = (field: string, effect: string | undefined): Errors =>
	!effect ? [required(field)] : (taintEffects as readonly string[]).includes(effect) ? [] : [notSupported(field, effect, taintEffects)];
