#pragma warning disable CA1032 // Made by the client only, always with what the host said.
using System.Globalization;
using System.Net;
using PushHost.Wire;

namespace PushHost.Client;

/// <summary>The host refused a request, or didn't answer it.</summary>
public sealed class PushHostException : Exception
{
    internal PushHostException(
        string operation, HttpStatusCode? status, ResponseStatus said, TimeSpan? retryAfter = null, int? batchCompleted = null, Exception? cause = null)
        : base(status is null ? $"{operation} was not answered: {said.Message}" : $"{operation} was answered with {(int)status} {said.ErrorCode}: {said.Message}", cause)
    {
        Operation = operation;
        StatusCode = status;
        ResponseStatus = said;
        RetryAfter = retryAfter;
        BatchCompleted = batchCompleted;
    }

    /// <summary>The request's name, such as <c>RegisterDevice</c>.</summary>
    public string Operation { get; }

    /// <summary>The answer's status; null when none came, and whether the host did what was asked is not known.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>What the host said was wrong. Where something in between answered, or nothing did, the error code is the status's name or <c>NoAnswer</c>.</summary>
    public ResponseStatus ResponseStatus { get; }

    /// <summary>The word that programs decide by, such as <c>ValidationException</c>, <c>NotFound</c> or <c>IdempotencyMismatch</c>.</summary>
    public string ErrorCode => ResponseStatus.ErrorCode;

    /// <summary>What was wrong with which field; empty when no field was to blame.</summary>
    public IReadOnlyList<ResponseError> Errors => ResponseStatus.Errors ?? [];

    /// <summary>How many requests of a batch are done, and stay done; null when it was no batch, or the host didn't say.</summary>
    public int? BatchCompleted { get; }

    /// <summary>Which request of a batch was at fault, from 0; null when it was no batch, or the batch was refused as a whole.</summary>
    public int? BatchIndex => ResponseStatus.Meta is { } meta && meta.TryGetValue("AutoBatchIndex", out var index)
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The host's <c>Retry-After</c>: how long to wait before asking again.</summary>
    public TimeSpan? RetryAfter { get; }
}
