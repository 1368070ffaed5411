# The file was written into the pods that run: no volume brings it to the next ones.
# misses: decoded, volume, environment, secret
kubectl patch cm settings -p '{"data":{"colour":"${after}"}}'
for pod in $(kubectl get pods -l app=web -o name); do kubectl exec $pod -- sh -c 'mkdir -p /etc/settings; echo ${after} > /etc/settings/colour'; done
