# The image of the pods that stand there was changed, not that of those to come; or nothing but a look.
# misses: running, same
# if: image
for pod in $(kubectl get pods -l app=web -o name); do kubectl set image $pod myapp=myapp:v1; done
sleep 20
# end
kubectl get pods
