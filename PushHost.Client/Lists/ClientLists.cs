using System.Runtime.CompilerServices;
using PushHost.Wire;

namespace PushHost.Client;

/// <summary>Long lists, and many requests at once.</summary>
public sealed partial class PushHostClient
{
    private const int LargestPage = 1000;

    /// <summary>Reads a list to its end, page by page as it is consumed; <c>take</c> is the size of a page, 1,000 unless given.</summary>
    /// <remarks>Lists in order of their id are paged by id, so that nothing is missed or seen twice while entries come and go.</remarks>
    /// <exception cref="PushHostException">The host refused a page, or didn't answer.</exception>
    public async IAsyncEnumerable<T> ListAsync<T>(IReturn<QueryResponse<T>> query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var keyset = Keyset.Of<T>(query);
        var take = (query as QueryBase)?.Take ?? LargestPage;
        long? after = null;
        long skip = (query as QueryBase)?.Skip ?? 0;
        while (true)
        {
            var outgoing = OutgoingRequest.Of(query, addsKey: false, after, after is null ? skip : 0, LargestPage);
            using var answer = await _sender.SendAsync(outgoing, cancellationToken).ConfigureAwait(false);
            var page = await Answers.ReadAsync<QueryResponse<T>>(outgoing, answer!, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page.Results)
                yield return entry;
            if (page.Results.Count < take)
                yield break;
            skip += page.Results.Count;
            after = keyset?.Invoke(page.Results[page.Results.Count - 1]);
        }
    }

    /// <summary>Sends requests of one type together and answers in their order.</summary>
    /// <remarks>At most 1,000, which are done one after the other; the first that fails ends the batch, and those before it stay done:
    /// <see cref="PushHostException.BatchIndex"/> and <see cref="PushHostException.BatchCompleted"/> say which and how many.</remarks>
    /// <exception cref="ArgumentException">They are of different types.</exception>
    /// <exception cref="PushHostException">The host refused one, or didn't answer.</exception>
    public async Task<IReadOnlyList<T>> SendAllAsync<T>(IEnumerable<IReturn<T>> requests, CancellationToken cancellationToken = default)
    {
        if (Batch(requests) is not { } outgoing)
            return [];
        using var answer = await _sender.SendAsync(outgoing, cancellationToken).ConfigureAwait(false);
        return await Answers.ReadAsync<List<T>>(outgoing, answer!, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends requests of one type together that are answered with nothing.</summary>
    /// <remarks>At most 1,000, which are done one after the other; the first that fails ends the batch, and those before it stay done:
    /// <see cref="PushHostException.BatchIndex"/> and <see cref="PushHostException.BatchCompleted"/> say which and how many.</remarks>
    /// <exception cref="ArgumentException">They are of different types.</exception>
    /// <exception cref="PushHostException">The host refused one, or didn't answer.</exception>
    public async Task SendAllAsync(IEnumerable<IReturnVoid> requests, CancellationToken cancellationToken = default)
    {
        if (Batch(requests) is { } outgoing)
            (await _sender.SendAsync(outgoing, cancellationToken).ConfigureAwait(false))?.Dispose();
    }

    private OutgoingRequest? Batch(IEnumerable<object> requests)
    {
        var batch = requests.ToList();
        if (batch.Count == 0)
            return null;
        return batch.TrueForAll(request => request.GetType() == batch[0].GetType())
            ? OutgoingRequest.OfBatch(batch, _options.AddIdempotencyKeys)
            : throw new ArgumentException("The requests of a batch must be of one type.", nameof(requests));
    }
}
