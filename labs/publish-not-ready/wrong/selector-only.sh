# The selector is right, but no pod is ready.
# misses: answers
kubectl patch svc myapp --type json -p '[{"op":"remove","path":"/spec/selector/type"}]'
