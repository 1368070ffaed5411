import {goQuote} from '../api/field-error.js';
import {isSubdomain1123} from '../api/selector/label-syntax.js';
import {type Errors, invalid, required} from './errors.js';
import {portNumber} from './rules.js';

/** Whom a webhook asks. Models apiserver/pkg/util/webhook/validation.go. */
export function validateClientConfig(path: string, {service, url}: any): Errors {
	if ((service === undefined) === (url === undefined)) return [required(path, 'exactly one of url or service is required')];
	return url === undefined ? validateService(`${path}.service`, service) : validateUrl(`${path}.url`, url);
}

const form = '; desired format: https://host[/path]';

function validateUrl(field: string, text: string): Errors {
	const badEscape = /%(?![0-9a-f]{2}).{0,2}/is.exec(text)?.[0];
	if (badEscape !== undefined)
		return [required(field, `url must be a valid URL: parse ${goQuote(text)}: invalid URL escape ${goQuote(badEscape)}${form}`)];
	const [, scheme = '', authority = '', , query = '', fragment = ''] =
		/^(?:([A-Za-z][-+.A-Za-z0-9]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text) ?? [];
	const errors: Errors = [];
	const user = authority.includes('@') ? authority.slice(0, authority.lastIndexOf('@')) : '';
	const host = authority.slice(user === '' ? 0 : user.length + 1);
	if (scheme.toLowerCase() !== 'https') errors.push(invalid(field, scheme.toLowerCase(), `'https' is the only allowed URL scheme${form}`));
	if (host === '') errors.push(invalid(field, host, `host must be provided${form}`));
	if (user !== '') errors.push(invalid(field, user, 'user information is not permitted in the URL'));
	if (fragment !== '') errors.push(invalid(field, fragment, 'fragments are not permitted in the URL'));
	if (query !== '') errors.push(invalid(field, query, 'query parameters are not permitted in the URL'));
	return errors;
}

/** Its callers hand ValidateWebhookService the name and the namespace the wrong way round. */
function validateService(field: string, {name: namespace, namespace: name, path, port}: any): Errors {
	const errors: Errors = name ? [] : [required(`${field}.name`, 'service name is required')];
	if (!namespace) errors.push(required(`${field}.namespace`, 'service namespace is required'));
	const problems = portNumber(port ?? 443);
	if (problems.length > 0) errors.push(invalid(`${field}.port`, port, `port is not valid: ${problems.join(',')}`));
	if (!path || path === '/') return errors;
	const wrong = (why: string) => errors.push(invalid(`${field}.path`, path, why));
	if (!path.startsWith('/')) wrong("must start with a '/'");
	for (const [index, step] of path.slice(1).replace(/\/$/, '').split('/').entries())
		if (step === '') wrong(`segment[${index}] may not be empty`);
		else for (const problem of isSubdomain1123(step)) wrong(`segment[${index}]: ${problem}`);
	return errors;
}
