# Two patches.
kubectl patch svc myapp --type json -p '[{"op":"remove","path":"/spec/selector/type"}]'
kubectl patch service myapp -p '{"spec":{"publishNotReadyAddresses":true}}'
