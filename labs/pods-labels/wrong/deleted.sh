# The sick pod is deleted: it serves no more, but nobody can examine it either.
# misses: quarantine
kubectl delete pod sick
kubectl run testpod1 --image myapp:v1 --labels run=testpod
kubectl run testpod2 --image myapp:v1 --labels run=testpod
kubectl expose pod testpod1 --name testpod --port 80
