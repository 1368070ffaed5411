import type {EventSubject} from '../../api/event-recorder.js';
import {recorderOf} from '../metallb/memory.js';
import type {Log} from './log.js';
import type {ControllerContext} from './memory.js';

const apiVersions: Readonly<Record<string, string>> = {Ingress: 'networking.k8s.io/v1'};

/** An event in the API, and the line that client-go's broadcaster logs of it. */
export function record(
	context: ControllerContext,
	log: Log,
	about: EventSubject,
	type: 'Normal' | 'Warning',
	reason: string,
	message: string,
): void {
	const {kind, metadata} = about;
	const apiVersion = apiVersions[kind] ?? 'v1';
	const reference = [
		`Kind:"${kind}"`,
		`Namespace:"${metadata.namespace ?? ''}"`,
		`Name:"${metadata.name}"`,
		`UID:"${metadata.uid ?? ''}"`,
		`APIVersion:"${apiVersion}"`,
		`ResourceVersion:"${metadata.resourceVersion ?? ''}"`,
		'FieldPath:""',
	].join(', ');
	log.plain('I', 'event.go:377', `Event(v1.ObjectReference{${reference}}): type: '${type}' reason: '${reason}' ${message}`);
	recorderOf(context, 'nginx-ingress-controller')({...about, apiVersion}, type, reason, message);
}
