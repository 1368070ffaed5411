# Pods started by hand answer, but the Deployment is as it was.
# misses: running, same
kubectl run helper --image myapp:v1 --labels app=web
