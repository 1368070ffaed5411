# The path is corrected by a patch; the Deployment rolls.
kubectl patch deployment web --type json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/path","value":"/index.html"}]'
