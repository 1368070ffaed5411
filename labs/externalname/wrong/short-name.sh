# A CNAME is taken as it stands: the search list does not complete it.
# misses: moved
kubectl create service externalname search --external-name www.baidu.com
kubectl patch svc orders -p '{"spec":{"externalName":"orders.shop"}}'
