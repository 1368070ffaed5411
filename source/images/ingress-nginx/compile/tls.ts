import type {KubeObject} from '../../../api/object.js';
import type {Certificate} from '../configuration.js';
import {judgeHost} from './certificate.js';
import type {View} from './view.js';

/** --default-ssl-certificate, or the one that the controller made when it started. */
export function defaultCertificate(view: View): Certificate {
	const key = view.given['default-ssl-certificate'];
	if (key === '') return view.fakeCertificate;
	const found = view.certificate(key);
	if (!('error' in found) && found.certificate !== '') return found;
	view.log.plain(
		'W',
		'controller.go:1244',
		`Error loading custom default certificate, falling back to generated default:\n${notLocal(key)}`,
	);
	return view.fakeCertificate;
}

const notLocal = (key: string): string => `local SSL certificate ${key} was not found`;
const lower = (text: string): string => text.toLowerCase();

/** The certificate that an Ingress's `tls` means for a host; undefined when it has no `tls` at all. */
export function chooseCertificate(view: View, ingress: KubeObject, host: string): Certificate | undefined {
	const {log} = view;
	if ((ingress['spec']?.tls ?? []).length === 0) return undefined;
	const name = secretFor(view, ingress, host);
	if (name === '') return defaultCertificate(view);
	const key = `${ingress.metadata.namespace}/${name}`;
	const quoted = JSON.stringify(key);
	const server = JSON.stringify(host);
	const found = view.certificate(key);
	if ('error' in found) {
		log.plain('W', 'controller.go:1398', `Error getting SSL certificate ${quoted}: ${notLocal(key)}. Using default certificate`);
		return defaultCertificate(view);
	}

	if (found.certificate === '') {
		log.plain('W', 'controller.go:1404', `SSL certificate ${quoted} does not contain a valid SSL certificate for server ${server}`);
		log.plain('W', 'controller.go:1405', 'Using default certificate');
		return defaultCertificate(view);
	}

	const {error, byCommonName} = judgeHost(found, host);
	if (error !== undefined) {
		log.plain('W', 'controller.go:1412', `Unexpected error validating SSL certificate ${quoted} for server ${server}: ${error}`);
		log.plain('W', 'controller.go:1413', 'Validating certificate against DNS names. This will be deprecated in a future version');
		if (!byCommonName) {
			log.plain(
				'W',
				'controller.go:1418',
				`SSL certificate ${quoted} does not contain a Common Name or Subject Alternative Name for server ${server}: ${error}`,
			);
			log.plain('W', 'controller.go:1419', 'Using default certificate');
			return defaultCertificate(view);
		}
	}

	warnOfExpiry(view, found, server);
	return found;
}

const tenDaysMs = 240 * 3_600_000;

function warnOfExpiry({log, nowMs}: View, {expires}: Certificate, server: string): void {
	const atMs = Date.parse(expires);
	const text = `${expires.replace('T', ' ').replace('Z', '')} +0000 UTC`;
	if (atMs < nowMs) log.plain('W', 'controller.go:1429', `SSL certificate for server ${server} expired (${text})`);
	else if (atMs < nowMs + tenDaysMs)
		log.plain('W', 'controller.go:1431', `SSL certificate for server ${server} is about to expire (${text})`);
}

/** controller.go extractTLSSecretName: the host as it is listed, else any of the certificates that fits. */
function secretFor(view: View, ingress: KubeObject, host: string): string {
	const list: readonly any[] = ingress['spec'].tls;
	const listed = list.find(({hosts = []}) => hosts.some((each: string) => lower(each) === lower(host)));
	if (listed) return listed.secretName ?? '';
	for (const {secretName} of list) {
		if (!secretName) continue;
		const key = `${ingress.metadata.namespace}/${secretName}`;
		const found = view.certificate(key);
		if ('error' in found) {
			view.log.plain('W', 'controller.go:1668', `Error getting SSL certificate ${JSON.stringify(key)}: ${notLocal(key)}`);
			continue;
		}

		if (found.certificate !== '' && judgeHost(found, host).error === undefined) return secretName;
	}

	return '';
}
