import type {Kind} from '../../api/kind.js';
import {humanDuration} from '../age.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {describeCertificateSigningRequest} from './describe.js';
import {validateSigningRequest} from './validate.js';

export default {
	kind: 'CertificateSigningRequest',
	group: 'certificates.k8s.io',
	version: 'v1',
	plural: 'certificatesigningrequests',
	singular: 'certificatesigningrequest',
	shortNames: ['csr'],
	namespaced: false,
	schema: 'certificates.v1.CertificateSigningRequest',
	subresources: ['status', 'approval'],
	selectableFields: {'spec.signerName': ({spec}) => spec?.signerName ?? ''},
	nameRule: () => [],
	prepareForUpdate(request: any, old: any) {
		request.spec = old.spec;
	},
	validate: validateSigningRequest,
	columns: [
		nameColumn,
		ageColumn,
		column('SignerName', ({spec}) => spec?.signerName || '<none>'),
		column('Requestor', ({spec}) => spec?.username ?? ''),
		column('RequestedDuration', ({spec}) =>
			spec?.expirationSeconds === undefined || spec.expirationSeconds === null ? '<none>' : humanDuration(spec.expirationSeconds * 1000),
		),
		column('Condition', conditionText),
	],
	describe: describeCertificateSigningRequest,
} satisfies Kind;

function conditionText({status}: any): string {
	const has = (type: string) => status?.conditions?.some((condition: any) => condition.type === type);
	const words: string[] = has('Denied') ? ['Denied'] : has('Approved') ? ['Approved'] : ['Pending'];
	if (has('Failed')) words.push('Failed');
	if (status?.certificate) words.push('Issued');
	return words.join(',');
}
