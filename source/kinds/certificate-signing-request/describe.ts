import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {humanDuration} from '../age.js';
import {putEvents} from '../describe/events.js';
import {putAnnotations, putLabels} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {longTime} from '../describe/times.js';
import {putSubject} from './subject.js';

export function describeCertificateSigningRequest(request: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const spec = request['spec'] ?? {};
	lines.row(0, 'Name', request.metadata.name);
	putLabels(lines, 'Labels', request.metadata.labels);
	putAnnotations(lines, 'Annotations', request.metadata.annotations);
	lines
		.row(0, 'CreationTimestamp', longTime(request.metadata.creationTimestamp))
		.row(0, 'Requesting User', spec.username ?? '')
		.rowIf(0, 'Signer', spec.signerName);
	if (spec.expirationSeconds !== undefined) lines.row(0, 'Requested Duration', humanDuration(spec.expirationSeconds * 1000));
	const types = (request['status']?.conditions ?? []).map((one: {type: string}) => one.type);
	const state =
		types.length === 0 ? 'Pending' : types.includes('Denied') ? 'Denied' : types.includes('Approved') ? 'Approved' : types.join(',');
	lines.row(0, 'Status', request['status']?.certificate ? `${state},Issued` : state);
	putSubject(lines, spec.request ?? '');
	putEvents(lines, request, context);
	return lines.aligned();
}
