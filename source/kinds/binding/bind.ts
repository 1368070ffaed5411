import type {Action} from '../../api/kind.js';

/** POST bindings: the same as pods/binding, named by the object. */
export const bind: Action = ({client, namespace, body}) => client.act('pods', namespace, body.metadata?.name ?? '', 'binding', body);
