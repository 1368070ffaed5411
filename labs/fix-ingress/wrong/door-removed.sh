# The site works again, for everybody.
# misses: answers, same
kubectl delete ingress shop
kubectl delete svc shop
kubectl expose deployment shop --port 80
kubectl create ingress shop --class nginx --rule='shop.lilee.org/*=shop:80'
