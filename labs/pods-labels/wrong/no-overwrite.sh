# The second label command lacks --overwrite and was refused.
# misses: members
kubectl label pod sick run=quarantine --overwrite
kubectl run testpod1 --image myapp:v1
kubectl run testpod2 --image myapp:v1
kubectl label pod testpod1 run=testpod --overwrite
kubectl label pod testpod2 run=testpod
kubectl expose pod testpod1 --name testpod --port 80
