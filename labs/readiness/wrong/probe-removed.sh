# Without a probe everything counts as ready, sick pods too.
# misses: probe
kubectl patch deployment web --type json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'
