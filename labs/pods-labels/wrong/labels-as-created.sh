# The labels that kubectl run chose were never changed, so the Service knows only the sick pod.
# misses: members, quarantine
kubectl run testpod1 --image myapp:v1
kubectl run testpod2 --image myapp:v1
kubectl expose pod sick --name testpod --port 80
