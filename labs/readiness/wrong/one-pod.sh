# Only one pod got the page: the Service answers, but from one pod alone.
# misses: ready, traffic, probe
kubectl exec $(kubectl get pods -l app=web -o name | head -n 1) -- sh -c 'echo ok > /usr/share/nginx/html/index1.html'
sleep 5
