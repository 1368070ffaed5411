# Mending the probe makes the pods ready; that was not the task.
# misses: answers
kubectl patch svc myapp --type json -p '[{"op":"remove","path":"/spec/selector/type"}]'
kubectl get deployment myapp -o yaml | sed 's/index1/index/' | kubectl apply -f -
