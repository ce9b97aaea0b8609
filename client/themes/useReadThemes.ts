import { useQueryClient } from '@tanstack/react-query'

/** Reads the themes again, after a correction of one's own. */
export function useReadThemes() {
  const queryClient = useQueryClient()
  return () => {
    void queryClient.invalidateQueries({ queryKey: ['themes'] })
    void queryClient.invalidateQueries({ queryKey: ['theme-suggestions'] })
  }
}
