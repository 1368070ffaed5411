# An address is no name.
# misses: alias
kubectl create service externalname search --external-name 110.242.68.3
kubectl patch svc orders -p '{"spec":{"externalName":"orders.shop.svc.cluster.local"}}'
