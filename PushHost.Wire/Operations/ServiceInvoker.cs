using System.Linq.Expressions;
using System.Reflection;

namespace PushHost.Wire;

/// <summary>Calls a service method and waits for what it answers; null where it answers nothing.</summary>
internal delegate ValueTask<object?> ServiceCall(object service, object request, CancellationToken cancellationToken);

/// <summary>Makes, once at startup, the delegate that calls a service method without reflection.</summary>
internal static class ServiceInvoker
{
    /// <summary>The type a method answers with, out of its task; null for none.</summary>
    public static Type? AnswerOf(MethodInfo method) => method.ReturnType switch
    {
        var type when type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask) => null,
        { IsGenericType: true } type when IsTaskOf(type) => type.GetGenericArguments()[0],
        var type => type,
    };

    public static ServiceCall Make(Type service, MethodInfo method)
    {
        var name = method.ReturnType switch
        {
            var type when type == typeof(void) => nameof(OfNothing),
            var type when type == typeof(Task) => nameof(OfTask),
            var type when type == typeof(ValueTask) => nameof(OfValueTask),
            { IsGenericType: true } type when type.GetGenericTypeDefinition() == typeof(Task<>) => nameof(OfTaskOf),
            { IsGenericType: true } type when type.GetGenericTypeDefinition() == typeof(ValueTask<>) => nameof(OfValueTaskOf),
            _ => nameof(OfValue),
        };
        var wrap = typeof(ServiceInvoker).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;
        if (wrap.IsGenericMethod)
            wrap = wrap.MakeGenericMethod(AnswerOf(method)!);
        return (ServiceCall)wrap.Invoke(null, [Call(service, method)])!;
    }

    private static Delegate Call(Type serviceType, MethodInfo method)
    {
        var service = Expression.Parameter(typeof(object));
        var request = Expression.Parameter(typeof(object));
        var cancellation = Expression.Parameter(typeof(CancellationToken));
        var parameters = method.GetParameters();
        Expression[] arguments = parameters.Length == 1
            ? [Expression.Convert(request, parameters[0].ParameterType)]
            : [Expression.Convert(request, parameters[0].ParameterType), cancellation];
        var call = Expression.Call(Expression.Convert(service, serviceType), method, arguments);
        return Expression.Lambda(call, service, request, cancellation).Compile();
    }

    private static bool IsTaskOf(Type type) =>
        type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>);

    private static ServiceCall OfNothing(Action<object, object, CancellationToken> call) => (service, request, cancellationToken) =>
    {
        call(service, request, cancellationToken);
        return default;
    };

    private static ServiceCall OfTask(Func<object, object, CancellationToken, Task> call) => async (service, request, cancellationToken) =>
    {
        await call(service, request, cancellationToken);
        return null;
    };

    private static ServiceCall OfValueTask(Func<object, object, CancellationToken, ValueTask> call) =>
        async (service, request, cancellationToken) =>
    {
        await call(service, request, cancellationToken);
        return null;
    };

    private static ServiceCall OfTaskOf<T>(Func<object, object, CancellationToken, Task<T>> call) =>
        async (service, request, cancellationToken) => await call(service, request, cancellationToken);

    private static ServiceCall OfValueTaskOf<T>(Func<object, object, CancellationToken, ValueTask<T>> call) =>
        async (service, request, cancellationToken) => await call(service, request, cancellationToken);

    private static ServiceCall OfValue<T>(Func<object, object, CancellationToken, T> call) =>
        (service, request, cancellationToken) => new(call(service, request, cancellationToken));
}
