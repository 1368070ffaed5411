# The policy deleted, the rest guessed: the thief walks in.
# misses: inside
kubectl delete netpol shop
kubectl patch svc shop -p '{"spec":{"externalTrafficPolicy":"Cluster","ports":[{"port":80,"nodePort":30090}]}}'
