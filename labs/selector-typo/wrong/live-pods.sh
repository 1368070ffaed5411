# The label went to the pods that run; those that come next will lack it.
# misses: shop
kubectl label pods -l app=shop type=ClusterIP
kubectl patch svc cart -p '{"spec":{"ports":[{"port":80,"targetPort":80}]}}'
