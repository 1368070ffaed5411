import {driverName} from '../csi-driver/validate.js';
import {equal} from '../../api/values/plain.js';
import {each, type Errors, invalid, required} from '../errors.js';
import {isSubdomain1123} from '../../api/selector/label-syntax.js';
import {goPointer} from '../rules.js';
import {goText} from '../../api/field-error.js';

const sourceNeeded = 'must specify exactly one of inlineVolumeSpec and persistentVolumeName';

/** Models ValidateVolumeAttachment in pkg/apis/storage/validation, and what v1 asks for besides. */
export function validateVolumeAttachment({spec = {}}: any, old?: any): Errors {
	const {attacher = '', source, nodeName = ''} = spec;
	const errors: Errors = attacher ? [] : [required('spec.attacher')];
	const volume = source?.persistentVolumeName;
	if (Boolean(source?.inlineVolumeSpec) === (volume !== undefined && volume !== null)) errors.push(required('spec.source', sourceNeeded));
	else if (volume === '') errors.push(required('spec.source.persistentVolumeName'));
	else if (volume) errors.push(...each('spec.source.persistentVolumeName', volume, isSubdomain1123(volume)));
	errors.push(...each('spec.nodeName', nodeName, isSubdomain1123(nodeName)));
	if (old && !equal(spec, old.spec))
		errors.push(
			invalid(
				'spec',
				goText(
					`storage.VolumeAttachmentSpec{Attacher:${JSON.stringify(attacher)}, Source:storage.VolumeAttachmentSource{PersistentVolumeName:(*string)(${goPointer}), InlineVolumeSpec:(*core.PersistentVolumeSpec)(nil)}, NodeName:${JSON.stringify(nodeName)}}`,
				),
				'field is immutable',
			),
		);
	if (!old) errors.push(...driverName('spec.attacher', attacher).filter(({type}) => type !== 'Required' || attacher === ''));
	return errors;
}
