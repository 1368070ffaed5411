# Imperative: take the extra word out of the selector, point to the right port.
kubectl set selector svc shop app=shop
kubectl patch svc cart -p '{"spec":{"ports":[{"port":80,"targetPort":80}]}}'
