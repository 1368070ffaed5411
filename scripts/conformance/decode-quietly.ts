import {decode} from '../../source/api/schema/decode.js';
import type {Kind} from '../../source/api/kind.js';
import type {KubeObject} from '../../source/api/object.js';

/** As the server reads it, unknown fields ignored. */
export const decodeQuietly = (kind: Kind, object: unknown): KubeObject =>
	decode(kind, object, {user: {name: 'x', groups: []}, dryRun: false, fieldManager: '', fieldValidation: 'Ignore', warn: () => {}});
