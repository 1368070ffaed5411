import {parseBool} from '../arguments.js';
import {isCidrOrAddress} from './cidr.js';

/** Whether a value may stand in an annotation (internal/ingress/annotations/parser/validators.go). */
export type Validator = (value: string) => boolean;

const alphanumeric = '\\-._~a-zA-Z0-9/:';
const regexCharacters = '^$[\\](){}*+?|&=\\\\';
const urlCharacters = ':?&=';
const of =
	(pattern: RegExp): Validator =>
	value =>
		pattern.test(value);
const spaced =
	(pattern: RegExp): Validator =>
	value =>
		pattern.test(value.replaceAll(' ', ''));
const oneOf =
	(...options: readonly string[]): Validator =>
	value =>
		options.includes(value.trim().toLowerCase());
const list =
	(each: Validator): Validator =>
	value =>
		value.split(',').every(part => each(part.trim()));

export const regex = new RegExp(`^[/${alphanumeric}${regexCharacters.replace('\\]', '\\]')}]*$`);
const basicCharacters = new RegExp(`^[/${alphanumeric}]*$`);

export const validators = {
	any: () => true,
	boolean: value => parseBool(value) !== undefined,
	int: of(/^[-+]?\d+$/),
	basic: spaced(basicCharacters),
	words: of(new RegExp(`^[/${alphanumeric} ]*$`)),
	extended: of(new RegExp(`^[/${alphanumeric}, ]*$`)),
	size: of(/^\d+[bkmg]?$/i),
	regex: of(regex),
	serverNames: list(of(regex)),
	url: of(new RegExp(`^[${alphanumeric}${urlCharacters}]*$`)),
	urlWithVariables: of(new RegExp(`^[${alphanumeric}${urlCharacters}$]*$`)),
	variable: of(/^[A-Za-z0-9\-_${}]*$/),
	captures: of(new RegExp(`^/?[${alphanumeric}/$]*$`)),
	headers: of(/^[A-Za-z0-9\-_, ]*$/),
	cidrs: list(isCidrOrAddress),
	serviceName: of(/^[a-z]([-a-z0-9]*[a-z0-9])?$/),
	protocol: oneOf('auto_http', 'http', 'https', 'grpc', 'grpcs', 'fcgi'),
	authType: of(/^(basic|digest)$/),
	authSecretType: of(/^(auth-file|auth-map)$/),
	verifyClient: of(/^(on|off|optional|optional_no_ca)$/),
	commonName: of(new RegExp(`^CN=[/${alphanumeric}${regexCharacters}]*$`)),
	connection: spaced(/^(close|keep-alive|upgrade)$/),
	origins: of(/^((([a-z]+:\/\/)(\*\.)?[A-Za-z0-9\-.]*(:[0-9]+)?|\*)?,?\s?)+$/),
	methods: of(/^([A-Za-z]+,?\s?)+$/),
	exposed: of(/^(([A-Za-z0-9\-_]+|\*),?\s?)+$/),
	codes: spaced(/^[0-9,]+$/),
	balance: oneOf('round_robin', 'ewma'),
	onOff: oneOf('on', 'off'),
	nextUpstream: of(
		/^((error|timeout|invalid_header|http_500|http_502|http_503|http_504|http_403|http_404|http_429|non_idempotent|off)\s?)+$/,
	),
	httpVersion: oneOf('1.0', '1.1'),
	satisfy: oneOf('any', 'all'),
	affinity: oneOf('cookie'),
	affinityMode: oneOf('balanced', 'persistent'),
	canaryBehaviour: oneOf('sticky', 'legacy'),
	sameSite: oneOf('none', 'lax', 'strict'),
	seconds: of(/^(0|-?[1-9]\d*)$/),
	method: of(/^(GET|HEAD|POST|PUT|PATCH|DELETE|CONNECT|OPTIONS|TRACE)?$/),
	ciphers: of(/^[A-Za-z0-9+:\-_!@=., ]*$/),
	protocols: of(/^((SSLv2|SSLv3|TLSv1|TLSv1\.1|TLSv1\.2|TLSv1\.3)\s?)+$/),
	redirect: of(new RegExp(`^[${alphanumeric}${urlCharacters}$]*$`)),
} satisfies Readonly<Record<string, Validator>>;

export type ValidatorName = keyof typeof validators;
