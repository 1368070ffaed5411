# The Ingress is deleted and applied again, as the old notes advise, and the pods are restarted. Neither was ill.
# misses: myappv2, pay, shop
kubectl get ingress sites -o yaml > sites.yml
kubectl delete ingress sites
kubectl apply -f sites.yml
kubectl rollout restart deployment shop pay
