import {goText} from '../../api/field-error.js';
import {isLabel1123, isSubdomain1123} from '../../api/selector/label-syntax.js';
import {base64Bytes} from '../../api/values/base64.js';
import {pemBlocks} from '../../tls/pem.js';
import {readRequest} from '../../tls/request.js';
import {duplicate, type Errors, invalid, items, notSupported, required, tooLong} from '../errors.js';

const usages =
	`any,cert sign,client auth,code signing,content commitment,crl sign,data encipherment,decipher only,digital signature,email protection,
encipher only,ipsec end system,ipsec tunnel,ipsec user,key agreement,key encipherment,microsoft sgc,netscape sgc,ocsp signing,s/mime,server auth,signing,
timestamping`
		.replaceAll('\n', '')
		.split(',');
const secondsMin = 600;

/** Models validateCertificateSigningRequest in pkg/apis/certificates/validation. */
export function validateSigningRequest({spec = {}}: any): Errors {
	const errors: Errors = requestErrors(spec.request);
	const wanted: readonly string[] = spec.usages ?? [];
	if (wanted.length === 0) errors.push(required('spec.usages', 'usages must be provided'));
	errors.push(
		...items('spec.usages', wanted, (usage, at, index) => [
			...(usages.includes(usage) ? [] : [notSupported(at, usage, usages)]),
			...(wanted.indexOf(usage) < index ? [duplicate(at, usage)] : []),
		]),
	);
	if (spec.expirationSeconds < secondsMin)
		errors.push(
			invalid('spec.expirationSeconds', spec.expirationSeconds, `may not specify a duration less than ${secondsMin} seconds (10 minutes)`),
		);
	errors.push(...signer('spec.signerName', spec.signerName ?? ''));
	if (spec.signerName === 'kubernetes.io/legacy-unknown')
		errors.push(invalid('spec.signerName', spec.signerName, 'the legacy signerName is not allowed via this API version'));
	return errors;
}

function requestErrors(request: string | undefined | null): Errors {
	const bytes = base64Bytes(request ?? '');
	const shown = (request ?? undefined) === undefined ? '(nil)' : `{${Array.from(bytes, byte => `0x${byte.toString(16)}`).join(', ')}}`;
	const wrong = (text: string): Errors => [invalid('spec.request', goText(`[]byte${shown}`), text)];
	const [block] = pemBlocks(String.fromCharCode(...bytes));
	if (block?.label !== 'CERTIFICATE REQUEST') return wrong('PEM block type must be CERTIFICATE REQUEST');
	try {
		readRequest(block.bytes);
		return [];
	} catch {
		return wrong('asn1: structure error: malformed certificate request');
	}
}

const domainMax = 253;
const pathMax = 317;

/** Models ValidateSignerName. */
function signer(field: string, name: string): Errors {
	if (name === '') return [required(field, 'signerName must be provided')];
	const [domain = '', path = '', ...more] = name.split('/');
	if (!name.includes('/') || more.length > 0)
		return [invalid(field, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'")];
	const labels = (text: string, check: (label: string) => string[]): Errors =>
		text
			.split('.')
			.flatMap(label => check(label).map(problem => invalid(field, text, `validating label ${JSON.stringify(label)}: ${problem}`)));
	const errors = labels(domain, isLabel1123);
	if (!domain.includes('.')) errors.push(invalid(field, domain, 'should be a domain with at least two segments separated by dots'));
	errors.push(...labels(path, isSubdomain1123));
	if (domain.length > domainMax) errors.push(tooLong(field, domainMax));
	if (path.length > pathMax) errors.push(tooLong(field, pathMax));
	return errors;
}
