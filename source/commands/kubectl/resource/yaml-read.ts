export {parseDocuments, YamlError} from '../../../api/values/go-yaml.js';
